-- The forecast that was made with the month.
SELECT *
FROM marts.mrr_forecast
WHERE made_month = {from}
ORDER BY month
