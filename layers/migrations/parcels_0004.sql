-- Whoever asks for a day before the data is told when it begins: without these each such question reads every row.
CREATE INDEX parcels_begin ON layer.parcels (valid_from);
CREATE INDEX parcels_history_begin ON layer.parcels_history (lower(valid_period));
