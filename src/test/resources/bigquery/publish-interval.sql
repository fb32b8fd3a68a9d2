INSERT INTO `a-project.dev_ops.warehouse_settings` (`name`, `value`, `_ingested_at`, `_run_id`)
SELECT 'reporting_zone', 'Europe/Berlin', TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7'
FROM (SELECT COUNT(*) AS stored FROM `a-project.dev_ops.warehouse_settings` WHERE `name` = 'reporting_zone') AS settings
WHERE stored = 0;
ASSERT (SELECT COUNT(*) FROM `a-project.dev_ops.warehouse_settings` WHERE `name` = 'reporting_zone' AND `value` = 'Europe/Berlin') = 1
AS 'the warehouse was created for another reporting zone than Europe/Berlin';
BEGIN TRANSACTION;
DELETE FROM `a-project.dev_seeds.fx_rates` AS kept
WHERE TRUE;
INSERT INTO `a-project.dev_seeds.fx_rates` (`currency`, `rate`, `_ingested_at`, `_run_id`)
SELECT `currency`, `rate`, TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7'
FROM `a-project.dev_loads._load_seeds_fx_rates_nightly-7_20240601120000654321`;
DELETE FROM `a-project.dev_facts.fct_mrr_movements` AS kept
WHERE `day` >= DATE '2024-01-01' AND `day` < DATE '2024-01-20';
INSERT INTO `a-project.dev_facts.fct_mrr_movements` (`customer_key`, `customer_id`, `day`, `movement_type`, `arr_minor_before`, `arr_minor_after`, `arr_minor_change`, `churn_kind`, `churned_plan`, `country`, `region`, `channel`, `initial_plan`, `_ingested_at`, `_run_id`)
SELECT `customer_key`, `customer_id`, `day`, `movement_type`, `arr_minor_before`, `arr_minor_after`, `arr_minor_change`, `churn_kind`, `churned_plan`, `country`, `region`, `channel`, `initial_plan`, TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7'
FROM `a-project.dev_loads._load_facts_fct_mrr_movements_nightly-7_20240601120000654321`;
DELETE FROM `a-project.dev_intermediate.subscription_spells` AS kept
WHERE `_as_of` >= DATE '2024-01-01' AND `_as_of` < DATE '2024-01-20';
MERGE INTO `a-project.dev_intermediate.subscription_spells` AS kept
USING `a-project.dev_loads._load_intermediate_subscription_spells_nightly-7_20240601120000654321` AS given
ON kept.`subscription_id` = given.`subscription_id` AND kept.`valid_from` = given.`valid_from`
WHEN MATCHED AND kept.`_as_of` <= given.`_as_of` THEN UPDATE SET `customer_id` = given.`customer_id`, `valid_to` = given.`valid_to`, `status` = given.`status`, `trial_ends_at` = given.`trial_ends_at`, `is_counted` = given.`is_counted`, `is_ending` = given.`is_ending`, `churn_kind` = given.`churn_kind`, `arr_minor` = given.`arr_minor`, `arr_minor_list` = given.`arr_minor_list`, `arr_minor_billed` = given.`arr_minor_billed`, `items` = given.`items`, `discounts` = given.`discounts`, `_as_of` = given.`_as_of`, `_ingested_at` = TIMESTAMP '2024-06-01 12:00:00.654321+00', `_run_id` = 'nightly-7'
WHEN NOT MATCHED THEN INSERT (`subscription_id`, `customer_id`, `valid_from`, `valid_to`, `status`, `trial_ends_at`, `is_counted`, `is_ending`, `churn_kind`, `arr_minor`, `arr_minor_list`, `arr_minor_billed`, `items`, `discounts`, `_as_of`, `_ingested_at`, `_run_id`)
VALUES (given.`subscription_id`, given.`customer_id`, given.`valid_from`, given.`valid_to`, given.`status`, given.`trial_ends_at`, given.`is_counted`, given.`is_ending`, given.`churn_kind`, given.`arr_minor`, given.`arr_minor_list`, given.`arr_minor_billed`, given.`items`, given.`discounts`, given.`_as_of`, TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7');
COMMIT TRANSACTION;
SELECT 'intermediate.subscription_spells' AS published_table, COUNT(*) AS published_rows FROM `a-project.dev_intermediate.subscription_spells` WHERE `_run_id` = 'nightly-7' AND `_ingested_at` = TIMESTAMP '2024-06-01 12:00:00.654321+00';
