package org.stripeanalytics.observability.secrets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
  private static final SecretStores STORES =
      SecretStores.of(new EnvironmentSecrets(Map.of("KEY", "open sesame", "BLANK", " ")::get));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env:LINEAGE_KEY",
        "projects/shop-dev/secrets/lineage-key/versions/latest",
        "projects/123456/secrets/lineage_key/versions/7",
        "projects/example.com:shop/secrets/key/versions/7",
        "projects/shop/locations/europe-west3/secrets/key/versions/7",
        "projects/shop/locations/eu/secrets/key/versions/7"
      })
  void aReferenceIsKnownByItsForm(String text) {
    assertThat(SecretReference.parse(text).toString(), is(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "marker-secret",
        "env:lower_marker",
        "env:",
        "ENV:MARKER",
        "projects/marker/secrets/key",
        "projects/marker/secrets/key/versions/",
        "projects/marker/secrets/key/versions/7/x",
        "projects/marker/locations/../secrets/key/versions/7",
        " projects/marker/secrets/key/versions/7"
      })
  void anythingElseIsRefusedAndNotRepeated(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SecretReference.parse(text))
            .getMessage();

    assertThat(
        message, containsString("env:VARIABLE, projects/PROJECT/secrets/SECRET/versions/VERSION"));
    assertThat(message.contains("lower_marker") || message.contains("MARKER"), is(false));
    assertThat(message, not(containsString("projects/marker")));
  }

  @Test
  void aVariableGivesItsValueAndOneThatIsBlankGivesNone() throws Exception {
    assertThat(STORES.get(new SecretReference("env:KEY")).reveal(), is("open sesame"));
    assertThat(STORES.find(new SecretReference("env:BLANK")).isPresent(), is(false));
    assertThat(
        assertThrows(
                SecretUnavailableException.class,
                () -> STORES.get(new SecretReference("env:OTHER")))
            .getMessage(),
        is("the secret env:OTHER cannot be had: it is not set"));
  }

  @Test
  void aReferenceThatNoStoreHereUnderstandsHasNoValue() {
    assertThat(
        assertThrows(
                SecretUnavailableException.class,
                () -> STORES.get(new SecretReference("vault:key")))
            .getMessage(),
        is("the secret vault:key cannot be had: no store here understands it"));
  }

  @Test
  void aSecretHasNoTextAndCannotBeWrittenDown() throws Exception {
    Secret secret = Secret.of("open sesame");

    assertThat(secret + "", is("[secret]"));
    assertThrows(JsonMappingException.class, () -> new ObjectMapper().writeValueAsString(secret));
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThrows(NotSerializableException.class, () -> out.writeObject(secret));
    }
  }
}
