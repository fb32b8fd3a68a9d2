package org.stripeanalytics.model.schema;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.function.Function;

/** A method without arguments as a function, made as the compiler makes a method reference. */
final class MethodFunction {
  private MethodFunction() {}

  /**
   * @param method of an object of class T; a primitive that it returns is boxed
   * @throws IllegalArgumentException if it cannot be called from here
   */
  @SuppressWarnings("unchecked")
  static <T> Function<T, Object> of(Method method) {
    try {
      MethodHandles.Lookup owner =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
      MethodHandle handle = owner.unreflect(method);
      return (Function<T, Object>)
          LambdaMetafactory.metafactory(
                  owner,
                  "apply",
                  methodType(Function.class),
                  methodType(Object.class, Object.class),
                  handle,
                  handle.type().wrap())
              .getTarget()
              .invoke();
    } catch (Throwable e) {
      throw new IllegalArgumentException(method + " cannot be called", e);
    }
  }
}
