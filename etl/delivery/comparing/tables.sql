-- The difference itself; it stays with the delivery's workspace. Every pair of `paired` is one feature in force that
-- a row of the file is; a pair without a row in `change` is unchanged. What is unique is sealed when most is in.
-- name: make_result
CREATE {kept} TABLE paired (row_no bigint NOT NULL, id bigint NOT NULL) {until};
CREATE {kept} TABLE change (
    change_no bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CHECK (kind IN ('added', 'changed_geometry', 'changed_attributes', 'renumbered', 'split',
                                       'merged', 'reshaped', 'vanished')),
    row_no bigint,
    id bigint,
    group_no bigint,
    confidence real NOT NULL DEFAULT 1 CHECK (confidence BETWEEN 0 AND 1),
    evidence jsonb,
    part text NOT NULL DEFAULT '',
    decision text CHECK (decision IN ('accepted', 'separate', 'kept')),
    CHECK (row_no IS NOT NULL OR id IS NOT NULL)
) {until};
CREATE {kept} TABLE edge (
    group_no bigint NOT NULL,
    old_id bigint NOT NULL,
    row_no bigint NOT NULL,
    area_m2 float8 NOT NULL,
    PRIMARY KEY (group_no, old_id, row_no)
) {until};

-- name: seal_pairs
ALTER TABLE paired ADD PRIMARY KEY (row_no), ADD UNIQUE (id);

-- name: seal_changes
ALTER TABLE change ADD PRIMARY KEY (change_no);
CREATE UNIQUE INDEX ON change (row_no) WHERE row_no IS NOT NULL;
CREATE UNIQUE INDEX ON change (id) WHERE id IS NOT NULL;
ANALYZE change, edge;

-- name: place
SELECT coalesce(current_schema() LIKE 'delivery\_%', false), to_regclass('change') IS NOT NULL;

-- What a person said of a change stands where the difference is made anew and says the same.
-- name: keep_decisions
CREATE TEMPORARY TABLE decided ON COMMIT DROP AS
SELECT kind, row_no, id, decision FROM change WHERE decision IS NOT NULL;
DROP TABLE paired, change, edge;

-- name: decide_again
UPDATE change c SET decision = d.decision FROM decided d
WHERE d.kind = c.kind AND d.row_no IS NOT DISTINCT FROM c.row_no AND d.id IS NOT DISTINCT FROM c.id;
DROP TABLE decided;

-- Only while comparing. candidate: pairs to be measured; match: pairs measured, with what differs; strayed: the same
-- key at two places; near: what may meet, by its box; meeting: what does.
-- name: make_working
CREATE TEMPORARY TABLE candidate (row_no bigint NOT NULL, id bigint NOT NULL, how text NOT NULL) ON COMMIT DROP;
CREATE TEMPORARY TABLE match (
    row_no bigint PRIMARY KEY, id bigint NOT NULL UNIQUE, how text NOT NULL, same boolean NOT NULL,
    old_size float8 NOT NULL, new_size float8 NOT NULL, overlap float8 NOT NULL,
    iou float8 GENERATED ALWAYS AS (coalesce(overlap / nullif(old_size + new_size - overlap, 0), 0)) STORED,
    differing text[] NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE strayed (row_no bigint NOT NULL, id bigint NOT NULL, how text NOT NULL) ON COMMIT DROP;
CREATE TEMPORARY TABLE near (row_no bigint NOT NULL, id bigint NOT NULL, how text NOT NULL) ON COMMIT DROP;
CREATE TEMPORARY TABLE meeting (
    row_no bigint NOT NULL, id bigint NOT NULL,
    old_size float8 NOT NULL, new_size float8 NOT NULL, overlap float8 NOT NULL,
    iou float8 NOT NULL, differing text[] NOT NULL
) ON COMMIT DROP;

-- name: drop_working
DROP TABLE candidate, match, strayed, near, meeting;
DROP TABLE IF EXISTS left_row, left_feature, open_row, open_feature, node, bundle;

-- Sorting and hashing half a million rows is to stay in memory; compiling costs more than it saves here.
-- name: settle
SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true);

-- name: unsettle
SELECT set_config('work_mem', %(work_mem)s, true), set_config('jit', %(jit)s, true);

-- name: settled
SELECT current_setting('work_mem') AS work_mem, current_setting('jit') AS jit;
