package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** A copy of the function of a ParDo, which one thread calls through one bundle. */
final class FunctionRun<I, O> implements Receiver {
  private final DoFnRunner<I, O> runner;
  private final DoFnInvoker<I, O> lifecycle;

  private FunctionRun(DoFnRunner<I, O> runner, DoFnInvoker<I, O> lifecycle) {
    this.runner = runner;
    this.lifecycle = lifecycle;
  }

  /**
   * Sets the function up and begins its bundle.
   *
   * @param outputs where the elements of each output go
   */
  @SuppressWarnings("unchecked")
  static <I, O> FunctionRun<I, O> begin(
      Step step,
      PipelineOptions options,
      SideInputReader sideInputs,
      Map<TupleTag<?>, Receiver> outputs) {
    ParDo.MultiOutput<I, O> parDo = (ParDo.MultiOutput<I, O>) step.transform();
    DoFn<I, O> function = SerializableUtils.clone(parDo.getFn());
    DoFnInvoker<I, O> lifecycle = DoFnInvokers.tryInvokeSetupFor(function, options);
    ImmutableMap.Builder<TupleTag<?>, Coder<?>> coders = ImmutableMap.builder();
    step.outputs().forEach((tag, output) -> coders.put(tag, output.getCoder()));
    DoFnRunner<I, O> runner =
        DoFnRunners.simpleRunner(
            options,
            function,
            sideInputs,
            new WindowedValueMultiReceiver() {
              @Override
              public <T> void output(TupleTag<T> tag, WindowedValue<T> element) {
                outputs.get(tag).receive(element);
              }
            },
            parDo.getMainOutputTag(),
            List.copyOf(parDo.getAdditionalOutputTags().getAll()),
            new NoState(),
            (Coder<I>) step.input().getCoder(),
            coders.buildOrThrow(),
            step.input().getWindowingStrategy(),
            ParDo.getDoFnSchemaInformation(function, step.input()),
            step.sideInputs());
    FunctionRun<I, O> run = new FunctionRun<>(runner, lifecycle);
    try {
      runner.startBundle();
    } catch (RuntimeException e) {
      run.tearDown();
      throw e;
    }
    return run;
  }

  /** Refuses what takes more than a bundle. */
  static void check(Step step) {
    if (step.transform() instanceof ParDo.MultiOutput<?, ?> parDo) {
      DoFnSignature signature = DoFnSignatures.signatureForDoFn(parDo.getFn());
      if (signature.processElement().isSplittable()
          || signature.usesState()
          || signature.usesTimers()) {
        throw new UnsupportedOperationException(
            step.name() + " has state, timers or restrictions, which only other runners can do");
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public void receive(WindowedValue<?> element) {
    runner.processElement((WindowedValue<I>) element);
  }

  void finishBundle() {
    runner.finishBundle();
  }

  void tearDown() {
    lifecycle.invokeTeardown();
  }

  private static final class NoState implements StepContext {
    @Override
    public StateInternals stateInternals() {
      throw new UnsupportedOperationException("a step without state asks for its state");
    }

    @Override
    public TimerInternals timerInternals() {
      throw new UnsupportedOperationException("a step without timers asks for its timers");
    }
  }
}
