variable "environment" {
  description = "Name of the environment, as in dev."
  type        = string
}

variable "project" {
  description = "The project in which everything runs."
  type        = string
}

variable "region" {
  description = "Region of the jobs, the workflow and the scheduler."
  type        = string
}

variable "warehouse_region" {
  description = "Where BigQuery keeps the datasets."
  type        = string
}

variable "datasets" {
  description = "A dataset per layer, and the one in which rows wait to be published."
  type        = list(string)
}

variable "bucket" {
  description = "For templates, temporary files, arriving files and backups."
  type        = string
}

variable "images" {
  description = "The repository of container images, HOST/PROJECT/REPOSITORY."
  type        = string
}

variable "worker_service_account" {
  description = "As whom the jobs read and write."
  type        = string
}

variable "orchestrator_service_account" {
  description = "As whom the workflow starts jobs."
  type        = string
}

variable "labels" {
  description = "On everything that costs something."
  type        = map(string)
}

variable "budget" {
  description = "What may be spent in a month, and at which parts of it somebody is told."
  type = object({
    billing_account  = string
    monthly          = number
    currency         = string
    alert_at_percent = list(number)
  })
}

variable "alert_channels" {
  description = "Addresses by the names that the manifests use."
  type        = map(string)
}

variable "report" {
  description = "The job that writes the report: as whom it runs, and who is told if it fails."
  type = object({
    service_account = string
    alert_channel   = string
  })
}

variable "secrets" {
  description = "Names of the secrets in Secret Manager that the jobs may read."
  type        = list(string)
}

variable "pipelines" {
  description = "Per pipeline: minutes after the scheduled start by which its tables must be published, and who is told."
  type = map(object({
    freshness_minutes = number
    alert_channel     = string
  }))
}

variable "webhooks" {
  description = "As whom the edge publishes webhooks, to which topic, and the secrets that sign them."
  type = object({
    service_account = string
    topic           = string
    signing_secrets = list(string)
  })
}
