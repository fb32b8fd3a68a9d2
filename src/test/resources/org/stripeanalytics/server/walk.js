// Walks every list of an account with Stripe's own client and prints each object on a line of its own.
const Stripe = require("stripe");

const [host, port, key] = process.argv.slice(2);
const stripe = new Stripe(key, { host, port: Number(port), protocol: "http", telemetry: false });

const lists = {
  products: {},
  prices: {},
  coupons: {},
  customers: {},
  subscriptions: { status: "all" },
  invoices: { expand: ["data.payments"] },
  invoicePayments: {},
  paymentIntents: {},
  charges: {},
  refunds: {},
  disputes: {},
  balanceTransactions: {},
  payouts: {},
  events: {},
};

async function main() {
  const customers = [];
  const invoices = [];
  for (const [name, params] of Object.entries(lists)) {
    for await (const object of stripe[name].list({ limit: 100, ...params })) {
      console.log(JSON.stringify(object));
      if (name === "customers") customers.push(object.id);
      if (name === "invoices" && object.lines.has_more) invoices.push(object.id);
    }
  }
  for (const customer of customers) {
    for await (const method of stripe.customers.listPaymentMethods(customer, { limit: 1 })) {
      console.log(JSON.stringify(method));
    }
  }
  for (const invoice of invoices) {
    for await (const line of stripe.invoices.listLineItems(invoice, { limit: 7 })) {
      console.log(JSON.stringify(line));
    }
  }
}

main();
