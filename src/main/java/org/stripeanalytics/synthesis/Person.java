package org.stripeanalytics.synthesis;

import org.stripeanalytics.model.raw.Address;

/** Who a customer is. */
record Person(String name, String email, String phone, String locale, Address address) {}
