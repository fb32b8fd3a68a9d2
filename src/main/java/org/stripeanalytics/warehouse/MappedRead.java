package org.stripeanalytics.warehouse;

import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * A read of a table and what a pipeline makes of each row.
 *
 * @param toElement nothing for a row that is left out
 */
public record MappedRead<T, E>(TableRead<T> read, SerializableFunction<T, Optional<E>> toElement)
    implements Serializable {}
