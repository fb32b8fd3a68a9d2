package org.stripeanalytics.pipelines;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowClient;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.DataflowTemplateJob;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.warehouse.RunningJob;

/** What Dataflow says of jobs that earlier launches have started. */
final class DataflowJobs {
  private static final Logger LOG = LoggerFactory.getLogger(DataflowJobs.class);

  private final RunOptions options;

  DataflowJobs(RunOptions options) {
    this.options = options;
  }

  /**
   * The job that goes on when the process that has started it ends, if there is one.
   *
   * <p>The launcher of a Flex Template has the graph written to a file, {@code
   * …/template_launches/JOB/job_object}, and starts the job of that id itself. What the runner
   * answers then can be asked nothing, not even for its state.
   */
  static Optional<RunningJob> started(PipelineResult result, RunOptions options) {
    if (result instanceof DataflowTemplateJob) {
      DataflowPipelineOptions job = OptionsView.of(options, DataflowPipelineOptions.class);
      List<String> path = Splitter.on('/').splitToList(job.getTemplateLocation());
      return Optional.of(
          new RunningJob(job.getRegion(), path.size() < 2 ? "" : path.get(path.size() - 2)));
    }
    return result instanceof DataflowPipelineJob job && !job.getState().isTerminal()
        ? Optional.of(new RunningJob(job.getRegion(), job.getJobId()))
        : Optional.empty();
  }

  /** A job of which nothing can be learnt counts as running: its claim expires by itself. */
  boolean hasEnded(RunningJob job) {
    try {
      String state = client(job.region()).getJob(job.id()).getCurrentState();
      return MonitoringUtil.toState(state).isTerminal();
    } catch (GoogleJsonResponseException e) {
      return e.getStatusCode() == HttpURLConnection.HTTP_NOT_FOUND || isUnknown(job, e);
    } catch (IOException | RuntimeException e) {
      return isUnknown(job, e);
    }
  }

  /** With options of its own, because those of the run say where that runs. */
  private DataflowClient client(String region) {
    DataflowPipelineOptions own = OptionsView.of(options, DataflowPipelineOptions.class);
    DataflowPipelineOptions there = PipelineOptionsFactory.as(DataflowPipelineOptions.class);
    there.setProject(own.getProject());
    there.setRegion(region);
    there.setGcpCredential(own.getGcpCredential());
    there.setDataflowEndpoint(own.getDataflowEndpoint());
    there.setApiRootUrl(own.getApiRootUrl());
    return DataflowClient.create(there);
  }

  private static boolean isUnknown(RunningJob job, Exception e) {
    LOG.warn("Dataflow does not say whether job {} has ended", job.id(), e);
    return false;
  }
}
