-- Whoever asks for a day before the data is told when it begins: without these each such question reads every row.
CREATE INDEX zoning_begin ON layer.zoning (valid_from);
CREATE INDEX zoning_history_begin ON layer.zoning_history (lower(valid_period));
