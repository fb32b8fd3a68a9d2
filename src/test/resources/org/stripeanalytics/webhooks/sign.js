// Signs the body in a file with Stripe's own library and prints the header: sign.js FILE SECRET SECONDS
const fs = require("fs");
const Stripe = require("stripe");

const [file, secret, timestamp] = process.argv.slice(2);
const stripe = new Stripe("sk_test_unused");
const payload = fs.readFileSync(file, "utf8");
console.log(
  stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Number(timestamp) }),
);
