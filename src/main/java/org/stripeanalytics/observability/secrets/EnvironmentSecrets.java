package org.stripeanalytics.observability.secrets;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Secrets in environment variables of the process that uses them: {@code env:VARIABLE}. */
public final class EnvironmentSecrets implements SecretStore {
  private static final String SCHEME = "env:";
  private static final Pattern REFERENCE = Pattern.compile("env:[A-Z][A-Z0-9_]*");

  private final UnaryOperator<String> environment;

  /** For {@link java.util.ServiceLoader}. */
  public EnvironmentSecrets() {
    this(System::getenv);
  }

  /**
   * @param environment the value of a variable; null if it is not set
   */
  public EnvironmentSecrets(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  @Override
  public String form() {
    return "env:VARIABLE";
  }

  @Override
  public boolean understands(String reference) {
    return REFERENCE.matcher(reference).matches();
  }

  @Override
  public Optional<Secret> fetch(String reference) {
    return Optional.ofNullable(environment.apply(reference.substring(SCHEME.length())))
        .filter(value -> !value.isBlank())
        .map(Secret::of);
  }
}
