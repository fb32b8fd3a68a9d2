resource "google_monitoring_notification_channel" "mail" {
  for_each     = var.alert_channels
  display_name = each.key
  type         = "email"
  labels = {
    email_address = each.value
  }
}

# The workflow and the DAG log this event when the last attempt has failed.
resource "google_monitoring_alert_policy" "failed" {
  for_each              = merge({ for name, pipeline in var.pipelines : name => pipeline.alert_channel }, { report = var.report.alert_channel })
  display_name          = "${var.environment}: ${each.key} failed"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.mail[each.value].id]
  user_labels           = var.labels

  conditions {
    display_name = "pipeline_failed"
    condition_matched_log {
      filter = "jsonPayload.event=\"pipeline_failed\" AND jsonPayload.environment=\"${var.environment}\" AND jsonPayload.pipeline=\"${each.key}\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }

  documentation {
    content = "See pipelines/RUNBOOK.md."
  }
}

# A job that runs longer than its tables may take to be fresh.
resource "google_monitoring_alert_policy" "late" {
  for_each              = var.pipelines
  display_name          = "${var.environment}: ${each.key} is late"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.mail[each.value.alert_channel].id]
  user_labels           = var.labels

  conditions {
    display_name = "elapsed time"
    condition_threshold {
      filter          = "resource.type=\"dataflow_job\" AND metric.type=\"dataflow.googleapis.com/job/elapsed_time\" AND resource.label.job_name=starts_with(\"${each.key}-\")"
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.freshness_minutes * 60
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "See pipelines/RUNBOOK.md, A job that does not end."
  }
}

data "google_project" "this" {
  project_id = var.project
}

resource "google_billing_budget" "monthly" {
  billing_account = var.budget.billing_account
  display_name    = "${var.environment} Stripe analytics"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }

  amount {
    specified_amount {
      currency_code = var.budget.currency
      units         = var.budget.monthly
    }
  }

  dynamic "threshold_rules" {
    for_each = var.budget.alert_at_percent
    content {
      threshold_percent = threshold_rules.value / 100
    }
  }

  all_updates_rule {
    monitoring_notification_channels = [for channel in google_monitoring_notification_channel.mail : channel.id]
  }
}
