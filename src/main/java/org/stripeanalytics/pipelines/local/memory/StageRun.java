package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** One thread's work on a stage: a copy of each of its functions, and a bundle. */
final class StageRun {
  /** Sources that ask are cut into many parts, but not into one per row. */
  private static final long BYTES_PER_PART = 16 << 20;

  private final StageGraph graph;
  private final Stage stage;
  private final PipelineOptions options;
  private final Map<Step, Receiver> receivers;

  /** The last of the stage first. */
  private final List<FunctionRun<?, ?>> functions = new ArrayList<>();

  StageRun(StageGraph graph, Stage stage, PipelineOptions options) {
    this.graph = graph;
    this.stage = stage;
    this.options = options;
    this.receivers = new HashMap<>(stage.gathering());
  }

  /** What there is to do. */
  static List<Part> parts(Stage stage, PipelineOptions options) throws Exception {
    if (stage.input() != null) {
      return stage.input().parts();
    }
    if (stage.head().transform() instanceof SplittableParDo.PrimitiveBoundedRead<?> read) {
      List<Part> parts = new ArrayList<>();
      for (BoundedSource<?> source : read.getSource().split(BYTES_PER_PART, options)) {
        parts.add(receiver -> read(source, options, receiver));
      }
      return parts;
    }
    return List.of(receiver -> receiver.receive(WindowedValues.valueInGlobalWindow(new byte[0])));
  }

  private static <T> void read(BoundedSource<T> source, PipelineOptions options, Receiver receiver)
      throws IOException {
    try (BoundedSource.BoundedReader<T> reader = source.createReader(options)) {
      for (boolean more = reader.start(); more; more = reader.advance()) {
        receiver.receive(
            WindowedValues.timestampedValueInGlobalWindow(
                reader.getCurrent(), reader.getCurrentTimestamp()));
      }
    }
  }

  /** Works on parts until there are none. */
  void run(Queue<Part> parts) throws Exception {
    Part part = parts.poll();
    if (part == null) {
      return;
    }
    try {
      for (Step step : Lists.reverse(stage.passing())) {
        begin(step);
      }
      Receiver first = receivers.getOrDefault(stage.head(), after(stage.head()));
      for (; part != null; part = parts.poll()) {
        part.sendTo(first);
      }
      for (FunctionRun<?, ?> function : Lists.reverse(functions)) {
        function.finishBundle();
      }
    } finally {
      functions.forEach(FunctionRun::tearDown);
    }
  }

  private void begin(Step step) {
    if (step.transform() instanceof ParDo.MultiOutput) {
      Map<TupleTag<?>, Receiver> outputs = new HashMap<>();
      step.outputs().forEach((tag, output) -> outputs.put(tag, after(output)));
      FunctionRun<?, ?> function = FunctionRun.begin(step, options, graph.sideInputs(), outputs);
      functions.add(function);
      receivers.put(step, function);
    } else if (step.transform() instanceof Window.Assign<?> assign) {
      receivers.put(step, assigning(assign.getWindowFn(), after(step)));
    } else {
      receivers.put(step, after(step));
    }
  }

  private Receiver after(Step step) {
    return after(step.output());
  }

  /** All steps of the stage that take a collection. */
  private Receiver after(PCollection<?> output) {
    List<Receiver> all = graph.consumers().get(output).stream().map(receivers::get).toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    Receiver[] each = all.toArray(Receiver[]::new);
    return element -> {
      for (Receiver one : each) {
        one.receive(element);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static Receiver assigning(WindowFn<?, ?> windows, Receiver next) {
    WindowFn<Object, ? extends BoundedWindow> fn =
        (WindowFn<Object, ? extends BoundedWindow>) windows;
    return element -> next.receive(assign(fn, element));
  }

  private static <W extends BoundedWindow> WindowedValue<?> assign(
      WindowFn<Object, W> windows, WindowedValue<?> element) {
    try {
      return WindowedValues.of(
          (Object) element.getValue(),
          element.getTimestamp(),
          windows.assignWindows(context(windows, element)),
          element.getPaneInfo());
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  private static <W extends BoundedWindow> WindowFn<Object, W>.AssignContext context(
      WindowFn<Object, W> windows, WindowedValue<?> element) {
    return windows.new AssignContext() {
      @Override
      public Object element() {
        return element.getValue();
      }

      @Override
      public Instant timestamp() {
        return element.getTimestamp();
      }

      @Override
      public BoundedWindow window() {
        return Iterables.getOnlyElement(element.getWindows());
      }
    };
  }
}
