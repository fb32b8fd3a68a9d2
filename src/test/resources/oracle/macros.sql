-- Macros of the oracle. Parameters are DuckDB variables, set before the other files are run:
--   as_of (DATE, needed) · reporting_zone · mrr_discounts · churn_at · include_past_due · gross_margin
-- The defaults are those of metrics.md, "Options".

CREATE OR REPLACE TEMP MACRO as_of() AS CAST(getvariable('as_of') AS DATE);
CREATE OR REPLACE TEMP MACRO reporting_zone() AS coalesce(getvariable('reporting_zone'), 'UTC');
CREATE OR REPLACE TEMP MACRO mrr_discounts() AS coalesce(getvariable('mrr_discounts'), 'forever');
CREATE OR REPLACE TEMP MACRO churn_at() AS coalesce(getvariable('churn_at'), 'ended_at');
CREATE OR REPLACE TEMP MACRO include_past_due() AS coalesce(getvariable('include_past_due'), true);
CREATE OR REPLACE TEMP MACRO gross_margin() AS CAST(coalesce(getvariable('gross_margin'), 0.80) AS DECIMAL(9, 6));

-- Numbers ---------------------------------------------------------------------------------------

-- n / d as an integer, half away from zero; NULL where d is zero.
-- A macro is a copy of its text, and these are nested: what is written once here is planned once.
CREATE OR REPLACE TEMP MACRO round_div(n, d) AS
  list_transform(
    [{'n': CAST(n AS HUGEINT), 'd': CAST(d AS HUGEINT)}],
    lambda fraction: CASE WHEN fraction.d <> 0
      THEN CAST(sign(fraction.n) * sign(fraction.d) AS HUGEINT)
           * ((2 * abs(fraction.n) + abs(fraction.d)) // (2 * abs(fraction.d))) END)[1];

-- "one fraction of integer sums, rounded once, half away from zero, to nine places.
-- A rate with denominator zero is NULL." DuckDB's own / would give a DOUBLE.
CREATE OR REPLACE TEMP MACRO ratio9(n, d) AS
  CAST(round_div(CAST(n AS HUGEINT) * 1000000000, CAST(d AS HUGEINT)) AS DECIMAL(29, 0))
  * CAST(0.000000001 AS DECIMAL(9, 9));

-- Money cells: hundredths of the reporting currency, and annualised hundredths as MRR.
CREATE OR REPLACE TEMP MACRO major(minor) AS ratio9(minor, 100);
CREATE OR REPLACE TEMP MACRO mrr(arr_minor) AS ratio9(arr_minor, 1200);

-- A decimal number as an integer of 10^-9.
CREATE OR REPLACE TEMP MACRO nanos(x) AS
  CAST(CAST(x AS DECIMAL(29, 9)) * CAST(1000000000 AS DECIMAL(10, 0)) AS HUGEINT);

-- Time ------------------------------------------------------------------------------------------

-- "Days and months are those of the warehouse's reporting zone." epoch_us makes TIMESTAMP (UTC) and
-- TIMESTAMPTZ the same.
CREATE OR REPLACE TEMP MACRO local_time(ts) AS
  timezone(reporting_zone(), timezone('UTC', make_timestamp(epoch_us(ts))));
CREATE OR REPLACE TEMP MACRO day_of(ts) AS CAST(local_time(ts) AS DATE);
CREATE OR REPLACE TEMP MACRO month_of(day) AS CAST(date_trunc('month', day) AS DATE);
CREATE OR REPLACE TEMP MACRO plus_months(day, n) AS CAST(day + to_months(CAST(n AS INTEGER)) AS DATE);

-- "The state at the end of a day is the state just before its closing midnight; a change at exactly
-- 00:00:00 belongs to the new day": [start, end) holds there when it starts on that day or earlier
-- and ends on a later day.
CREATE OR REPLACE TEMP MACRO holds_at_end_of(day, starts, ends) AS
  day_of(starts) <= day AND (ends IS NULL OR day_of(ends) > day);

-- The days from the first one up to, and without, the other.
CREATE OR REPLACE TEMP MACRO days_between(first_day, end_day) AS
  list_transform(range(CAST(first_day AS TIMESTAMP), CAST(end_day AS TIMESTAMP), INTERVAL 1 DAY),
                 lambda t: CAST(t AS DATE));
CREATE OR REPLACE TEMP MACRO months_between(first_month, end_month) AS
  list_transform(range(CAST(first_month AS TIMESTAMP), CAST(end_month AS TIMESTAMP), INTERVAL 1 MONTH),
                 lambda t: CAST(t AS DATE));

-- "to the last period that has ended by asOf": as_of is a midnight, so the day before it is the
-- last day, and the month of as_of is the first unfinished month.
CREATE OR REPLACE TEMP MACRO unfinished_month() AS month_of(as_of());

-- Money -----------------------------------------------------------------------------------------

-- "k: day 365, week 52, month 12, year 1". A unit that is none of these is worth nothing: "logic treats
-- it as none of those it knows".
CREATE OR REPLACE TEMP MACRO periods_per_year(unit) AS
  CASE unit WHEN 'day' THEN 365 WHEN 'week' THEN 52 WHEN 'month' THEN 12 WHEN 'year' THEN 1 ELSE 0 END;

-- Minor units as an integer of 10^-12: "a null unit_amount takes unit_amount_decimal", which has up to
-- twelve places. NULL where neither is there.
CREATE OR REPLACE TEMP MACRO picos(amount, amount_decimal) AS
  coalesce(CAST(amount AS HUGEINT) * 1000000000000,
           CAST(CAST(amount_decimal AS DECIMAL(26, 12)) * CAST(1000000000000 AS DECIMAL(13, 0)) AS HUGEINT));

-- "Null quantity is 1", "transform_quantity first divides the quantity and rounds it as it says (up,
-- down)". Quantities are not negative.
CREATE OR REPLACE TEMP MACRO priced_quantity(quantity, transform) AS
  CASE WHEN transform.divide_by IS NULL THEN coalesce(quantity, 1)
       WHEN transform.round = 'up' THEN (coalesce(quantity, 1) + transform.divide_by - 1) // transform.divide_by
       WHEN transform.round = 'down' THEN coalesce(quantity, 1) // transform.divide_by
  END;

-- Graduated: every tier bills the units that fall into it, and its flat amount once it is reached; the
-- first is reached with nothing. Volume: the tier of the whole quantity bills all of it.
CREATE OR REPLACE TEMP MACRO tiered_picos(tiers, mode, quantity) AS
  CASE WHEN coalesce(len(tiers), 0) = 0 THEN NULL
       WHEN mode = 'graduated' THEN
         list_sum(list_transform(range(1, len(tiers) + 1), lambda i:
           coalesce(picos(tiers[i].unit_amount, tiers[i].unit_amount_decimal), 0)
             * greatest(least(quantity, coalesce(tiers[i].up_to, quantity))
                        - CASE WHEN i = 1 THEN 0 ELSE tiers[i - 1].up_to END, 0)
           + CASE WHEN i = 1 OR quantity > tiers[i - 1].up_to
                  THEN coalesce(picos(tiers[i].flat_amount, tiers[i].flat_amount_decimal), 0) ELSE 0 END))
       WHEN mode = 'volume' THEN
         list_transform(list_filter(tiers, lambda tier: tier.up_to IS NULL OR quantity <= tier.up_to)[1:1], lambda tier:
           coalesce(picos(tier.unit_amount, tier.unit_amount_decimal), 0) * quantity
           + coalesce(picos(tier.flat_amount, tier.flat_amount_decimal), 0))[1]
  END;

-- What a price asks for in one period, given its amounts in one currency. Both are long expressions, and
-- a macro writes its arguments out wherever it names them: the list of one has them written out once.
CREATE OR REPLACE TEMP MACRO picos_per_period(price, amounts, quantity) AS
  list_transform(
    [{'unit_amount': amounts.unit_amount, 'unit_amount_decimal': amounts.unit_amount_decimal,
      'tiers': amounts.tiers, 'quantity': quantity}],
    lambda asked:
      CASE WHEN price.billing_scheme = 'per_unit'
           THEN picos(asked.unit_amount, asked.unit_amount_decimal) * asked.quantity
           WHEN price.billing_scheme = 'tiered'
           THEN tiered_picos(asked.tiers, price.tiers_mode, asked.quantity)
      END)[1];

-- "arr_minor = unit_amount × quantity × k / interval_count … rounded half away from zero only where
-- interval_count does not divide", "rounded after multiplying".
CREATE OR REPLACE TEMP MACRO per_year(picos, recurring) AS
  round_div(picos * periods_per_year(recurring."interval"),
            CAST(recurring.interval_count AS HUGEINT) * 1000000000000);

-- "The amount is in the subscription's currency: where the price's own is another,
-- price.currency_options[currency]"; NULL where that was not delivered. "Metered and one-time prices …
-- never move MRR", "a licensed tiered price is computed from its tiers … where they were delivered, else
-- counts 0".
CREATE OR REPLACE TEMP MACRO arr_minor_of(price, currency, quantity) AS
  CASE WHEN price.type IS DISTINCT FROM 'recurring' OR price.recurring.usage_type IS DISTINCT FROM 'licensed' THEN 0
       WHEN price.currency = currency
       THEN coalesce(per_year(picos_per_period(price, price, priced_quantity(quantity, price.transform_quantity)),
                              price.recurring), 0)
       ELSE per_year(picos_per_period(price, list_filter(price.currency_options, lambda o: o.currency = currency)[1],
                                      priced_quantity(quantity, price.transform_quantity)),
                     price.recurring)
  END;

-- Whether a price was delivered without the tiers or the option that it would be computed from.
CREATE OR REPLACE TEMP MACRO says_nothing_in(price, currency) AS
  CASE WHEN price.currency <> currency THEN arr_minor_of(price, currency, 1) IS NULL
       ELSE price.billing_scheme = 'tiered' AND coalesce(len(price.tiers), 0) = 0 END;

-- "the amount of the … line …, divided by that period": a period of whole units of the price's interval
-- counts as so many of them (months and years end within three days of the length of that many mean
-- months); any other by its days.
CREATE OR REPLACE TEMP MACRO days_of(starts, ends) AS (epoch_us(ends) - epoch_us(starts)) / 86400000000;
CREATE OR REPLACE TEMP MACRO arr_minor_billed(amount, starts, ends, unit) AS
  CASE WHEN unit IN ('month', 'year')
        AND round(days_of(starts, ends) / 30.436875) > 0
        AND abs(days_of(starts, ends) - round(days_of(starts, ends) / 30.436875) * 30.436875) <= 3
       THEN round_div(CAST(amount AS HUGEINT) * 12, CAST(round(days_of(starts, ends) / 30.436875) AS HUGEINT))
       WHEN unit = 'week'
       THEN round_div(CAST(amount AS HUGEINT) * 52 * 7 * 86400000000, epoch_us(ends) - epoch_us(starts))
       ELSE round_div(CAST(amount AS HUGEINT) * 365 * 86400000000, epoch_us(ends) - epoch_us(starts))
  END;

-- "The exponent belongs to the currency (JPY has none)": Stripe's zero- and three-decimal currencies.
CREATE OR REPLACE TEMP MACRO exponent(currency) AS
  CASE WHEN currency IN ('bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd',
                         'vuv', 'xaf', 'xof', 'xpf') THEN 0
       WHEN currency IN ('bhd', 'jod', 'kwd', 'omr', 'tnd') THEN 3
       ELSE 2
  END;

-- "round half away from zero of minor × rate × 10^(2 − exponent)". "A currency without a row fails
-- the run with its name."
CREATE OR REPLACE TEMP MACRO converted(minor, rate, currency) AS
  CASE WHEN rate IS NULL THEN error('seeds.fx_rates has no rate for ' || currency)
       WHEN exponent(currency) = 0 THEN round_div(CAST(minor AS HUGEINT) * nanos(rate) * 100, 1000000000)
       WHEN exponent(currency) = 3 THEN round_div(CAST(minor AS HUGEINT) * nanos(rate), 10000000000)
       ELSE round_div(CAST(minor AS HUGEINT) * nanos(rate), 1000000000)
  END;

-- "revenue_daily converts the ledger's settlement amounts in the same way (rate 1 where they are in the
-- reporting currency)". That is US dollars here, the default.
CREATE OR REPLACE TEMP MACRO settlement_rate(rate, currency) AS
  CASE WHEN currency = 'usd' THEN CAST(1 AS DECIMAL(29, 9)) ELSE rate END;

-- Movements -------------------------------------------------------------------------------------

-- "p = MRR at the end of the previous day, m = at the end of this day, tested in this order",
-- the same for months. NULL where nothing moved.
CREATE OR REPLACE TEMP MACRO movement_type(p, m, had_mrr_earlier) AS
  CASE WHEN p = 0 AND m > 0 AND NOT had_mrr_earlier THEN 'new'
       WHEN p = 0 AND m > 0 THEN 'reactivation'
       WHEN p > 0 AND m = 0 THEN 'churn'
       WHEN m > p THEN 'expansion'
       WHEN m < p THEN 'contraction'
  END;
