-- How wrong each model was on months that it had not seen.
SELECT *
FROM marts.model_evaluation
ORDER BY horizon_months, risk, segment, segment_value
