package org.stripeanalytics.observability.secrets;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.ServiceLoader;

/** The stores that there are. */
public final class SecretStores {
  private final ImmutableList<SecretStore> stores;

  private SecretStores(ImmutableList<SecretStore> stores) {
    this.stores = stores;
  }

  /** Those on the class path. */
  public static SecretStores installed() {
    return new SecretStores(
        ImmutableList.copyOf(
            // That of this class: the threads of runners have loaders that know less.
            ServiceLoader.load(SecretStore.class, SecretStores.class.getClassLoader())));
  }

  public static SecretStores of(SecretStore... stores) {
    return new SecretStores(ImmutableList.copyOf(stores));
  }

  /** How references are written, for people. */
  public String forms() {
    return stores.stream().map(SecretStore::form).collect(joining(", "));
  }

  /** Whether a text is a reference and not, perhaps, a secret. */
  public boolean understand(String text) {
    return storeOf(text).isPresent();
  }

  /**
   * Fetches the value of a secret.
   *
   * @return none if the place that the reference names is left empty
   * @throws SecretUnavailableException when it cannot be had
   */
  public Optional<Secret> find(SecretReference reference) throws SecretUnavailableException {
    Optional<SecretStore> store = storeOf(reference.text());
    if (store.isEmpty()) {
      throw new SecretUnavailableException(reference.text(), "no store here understands it");
    }
    return store.get().fetch(reference.text());
  }

  /**
   * Fetches the value of a secret that has to be there.
   *
   * @throws SecretUnavailableException when it cannot be had or its place is left empty
   */
  public Secret get(SecretReference reference) throws SecretUnavailableException {
    return find(reference)
        .orElseThrow(() -> new SecretUnavailableException(reference.text(), "it is not set"));
  }

  private Optional<SecretStore> storeOf(String text) {
    return stores.stream().filter(store -> store.understands(text)).findFirst();
  }
}
