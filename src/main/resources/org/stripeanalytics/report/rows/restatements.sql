-- Every published figure that a run changed, of every segment.
SELECT *
FROM ops.restatements
ORDER BY _ingested_at DESC, mart, period, row_key, column_name
