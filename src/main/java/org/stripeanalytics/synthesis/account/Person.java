package org.stripeanalytics.synthesis.account;

import org.stripeanalytics.model.raw.Address;

/** Who a customer is. */
public record Person(String name, String email, String phone, String locale, Address address) {}
