-- What CASEI and ACCENTI of CQL2 make of a text. In PL/pgSQL, since the planner takes a function in SQL apart
-- and then sees 0.0025 for each of its steps, however dear. The costs stand to those of PostGIS's functions as
-- the times do: the guard of heavy questions reads both.

CREATE FUNCTION core.without_case(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1600 AS $$
BEGIN
    -- What is a capital must not depend on the locale of the server.
    RETURN lower(value COLLATE "und-x-icu");
END $$;
COMMENT ON FUNCTION core.without_case(text) IS 'Text with small letters; see gis_platform/filtering/texts.py';

CREATE FUNCTION core.without_accents(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 4000 AS $$
BEGIN
    -- ASCII, the letters of Latin-1 and those of Vietnamese, all composed, as texts are stored: unaccent()
    -- gives the same and takes a fifth of the time. Of other signs it makes words: (C) of ©, 1/2 of ½.
    IF value COLLATE "C" !~ '[^\u0001-\u007e\u00c0-\u00d6\u00d8-\u00dd\u00df-\u00f6\u00f8-\u00fd\u00ff'
        '\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]' THEN
        RETURN unaccent(value);
    END IF;
    RETURN normalize(
        replace(replace(replace(replace(replace(replace(
            translate(
                regexp_replace(normalize(value COLLATE "C", NFD), '[\u0300-\u036f]+', '', 'g'),
                'đĐðÐƉøØłŁı', 'dDdDDoOlLi'),
            'ß', 'ss'), 'ẞ', 'SS'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'),
        NFC);
END $$;
COMMENT ON FUNCTION core.without_accents(text) IS 'Text with plain letters; see gis_platform/folding.py';
