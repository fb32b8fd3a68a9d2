package org.stripeanalytics.benchmark;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/** What is measured, in the order of the page. */
enum Subject {
  SYNTHESIS_LIMIT(
      "synthesis-limit", "synthesis", "plain Java loop without Beam, all cores, warm: the limit"),
  SYNTHESIS_NOWHERE("synthesis-nowhere", "synthesis", "embedded Flink, to nowhere"),
  SYNTHESIS_LARGE(
      "synthesis-large", "synthesis", "embedded Flink, to nowhere, ten default accounts"),
  SYNTHESIS_RAW("synthesis-raw", "synthesis", "embedded Flink, to DuckDB's raw tables"),
  SYNTHESIS_NDJSON("synthesis-ndjson", "synthesis", "embedded Flink, to NDJSON with events"),
  SYNTHESIS_DIRECT(
      "synthesis-direct", "synthesis", "DirectRunner, to DuckDB's raw tables, few customers"),
  LOAD_OURS("load-ours", "load", "rows in memory, staged and published by the pipeline"),
  LOAD_DUCKDB("load-duckdb", "load", "DuckDB's own `INSERT` of the same rows from Parquet: limit"),
  LOAD_POSTGRES("load-postgresql", "load", "rows in memory likewise, into PostgreSQL"),
  EXPORT("export", "load", "`export` of a finished warehouse to Parquet, all tables but `ops`"),
  TRANSFORM_LIMIT(
      "transform-limit", "transform", "the fold alone over rows in memory, all cores, warm: limit"),
  TRANSFORM_FLINK("transform-flink", "transform", "embedded Flink, raw to all tables"),
  TRANSFORM_LARGE(
      "transform-large", "transform", "embedded Flink, raw to all tables, ten default accounts"),
  TRANSFORM_DIRECT("transform-direct", "transform", "DirectRunner, raw to all tables, half a year"),
  TRANSFORM_ORACLE(
      "transform-oracle", "transform", "the oracle's SQL in DuckDB: nine marts and the movements"),
  START_UP("start-up", "whole", "start-up: one customer from the command to a finished file"),
  FULL_REFRESH("full-refresh", "whole", "`transform` of all five years of a finished warehouse"),
  INCREMENTAL_MONTH("incremental-month", "whole", "`transform` of the last month of the same"),
  RUN_LOCAL("run-local", "growth", "`run-local`, a whole new warehouse and its report");

  private final String id;
  private final String section;
  private final String what;

  Subject(String id, String section, String what) {
    this.id = id;
    this.section = section;
    this.what = what;
  }

  @JsonValue
  String id() {
    return id;
  }

  String section() {
    return section;
  }

  String what() {
    return what;
  }

  static ImmutableList<Subject> of(String section) {
    return Arrays.stream(values())
        .filter(subject -> subject.section.equals(section))
        .collect(ImmutableList.toImmutableList());
  }
}
