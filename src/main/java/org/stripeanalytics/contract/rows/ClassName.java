package org.stripeanalytics.contract.rows;

/**
 * A row class by its layer and its own name.
 *
 * @param layer the last part of its package
 */
record ClassName(String layer, String simple) {
  private static final String MODEL = "org.stripeanalytics.model.";

  /**
   * @param name as a contract has it: {@code Charge}, or {@code raw.Charge} from another layer
   * @param layer of the contract
   */
  static ClassName of(String name, String layer) {
    int dot = name.indexOf('.');
    return dot < 0
        ? new ClassName(layer, name)
        : new ClassName(name.substring(0, dot), name.substring(dot + 1));
  }

  String packageName() {
    return MODEL + layer;
  }

  String qualified() {
    return packageName() + "." + simple;
  }
}
