package org.stripeanalytics.server;

import com.google.common.collect.ImmutableMap;

/**
 * @param headers besides those of every answer
 * @param body JSON
 */
public record ApiAnswer(int status, ImmutableMap<String, String> headers, byte[] body) {}
