-- The days that stood out, with what earlier weeks and months suggest.
SELECT day, metric, subject, value, expected, expected_low, expected_high, score, severity
FROM marts.metric_anomalies
WHERE severity <> 'none'
ORDER BY day DESC, metric, subject
