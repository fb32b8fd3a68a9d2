package org.stripeanalytics.pipelines.deployment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;

/** Every generated file of {@code templates/}, by its path from the root of the repository. */
public final class GeneratedFiles {

  /** What the files have to be. */
  public static ImmutableSortedMap<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    for (PipelineMain<?> pipeline : Pipelines.withEndless()) {
      TemplateFiles template = TemplateFiles.of(pipeline);
      String directory = "templates/" + pipeline.name() + "/";
      files.put(directory + "metadata.json", JsonFiles.text(template.metadata()));
      files.put(directory + "container-spec.json", JsonFiles.text(template.containerSpec()));
      files.put(directory + "README.md", template.readme());
    }
    for (String name : Environment.NAMES) {
      Environment environment = Environment.named(name);
      ImmutableList<Task> tasks = Task.in(name);
      String directory = "templates/orchestration/" + name + "/";
      files.put(directory + "workflow.yaml", new WorkflowDefinition(name, environment).yaml(tasks));
      files.put(
          directory + "scheduler.json",
          JsonFiles.text(new SchedulerJobs(environment).json(Task.scheduleOf(tasks))));
      files.put(
          directory + "stripe_analytics_" + name + ".py",
          new AirflowDag(name, environment).python(tasks));
      files.put("templates/report/" + name + ".yaml", new ReportJob(name, environment).yaml());
      files.put("templates/webhooks/" + name + ".yaml", new EdgeService(name, environment).yaml());
      EnvironmentFile file = new EnvironmentFile(name, environment);
      files.put("templates/environments/" + name + ".env", file.shell(tasks));
      files.put(
          "templates/infrastructure/" + name + ".tfvars.json",
          JsonFiles.text(file.terraform(tasks)));
    }
    KubernetesFiles.all()
        .forEach((path, text) -> files.put(KubernetesFiles.DIRECTORY + path, text));
    return ImmutableSortedMap.copyOf(files);
  }

  /** Writes those that are missing or differ; the result is their paths. */
  public static ImmutableList<String> write(Path root) throws IOException {
    return write(root, all());
  }

  /**
   * Likewise of some files.
   *
   * @param files by their path from the root
   */
  public static ImmutableList<String> write(Path root, Map<String, String> files)
      throws IOException {
    ImmutableList.Builder<String> written = ImmutableList.builder();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
        written.add(file.getKey());
      }
    }
    return written.build();
  }

  private GeneratedFiles() {}
}
