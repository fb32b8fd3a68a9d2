package org.stripeanalytics.pipelines;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/**
 * Looks at the options of a run once to write them as JSON, and again only when they have changed.
 * Runners ask for it once per step and once per coder, and Beam looks through every interface of
 * options each time: a third of a small run. Jackson finds the module as a service; the text is
 * Beam's own.
 */
public final class OptionsJsonModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  public OptionsJsonModule() {
    super("OptionsJsonModule");
    setMixInAnnotation(PipelineOptions.class, WrittenOnce.class);
  }

  /** Stands in for Beam's own annotation of the interface. */
  @JsonSerialize(using = OnceSerializer.class)
  private interface WrittenOnce {}

  static final class OnceSerializer extends StdSerializer<PipelineOptions> {
    private static final long serialVersionUID = 1;

    /** As Beam sets it up, but for this module. */
    private static final ObjectMapper BEAMS =
        new ObjectMapper()
            .registerModules(
                ObjectMapper.findModules(ReflectHelpers.findClassLoader()).stream()
                    .filter(module -> !(module instanceof OptionsJsonModule))
                    .toArray(Module[]::new));

    /** A process runs one pipeline at a time, or a few. */
    private static volatile Written last = new Written("", NullNode.instance);

    private record Written(String settings, JsonNode json) {}

    OnceSerializer() {
      super(PipelineOptions.class);
    }

    @Override
    public void serialize(PipelineOptions options, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      // Every setting with its value, bound defaults included; the rest of the JSON follows from
      // it.
      String settings = List.of(options.getOptionsId(), options.revision(), options).toString();
      Written written = last;
      if (!written.settings().equals(settings)) {
        written = new Written(settings, BEAMS.valueToTree(options));
        last = written;
      }
      provider.defaultSerializeValue(written.json(), json);
    }
  }
}
