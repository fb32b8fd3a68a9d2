-- How the ratio comes about: ltv is arpa * margin / customer_churn_6m, cac is spend / customers_new.
SELECT month, arpa, customer_churn_6m, ltv, sales_marketing_spend, customers_new, cac, ltv_cac
FROM marts.unit_economics_monthly
WHERE month = {from} AND {of_segment}
