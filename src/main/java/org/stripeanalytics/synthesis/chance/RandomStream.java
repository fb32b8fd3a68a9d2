package org.stripeanalytics.synthesis.chance;

import java.time.Instant;

/**
 * A stream of random numbers that belongs to one thing: a customer, its second subscription, that
 * subscription's fourth period. Its key is a hash of the path of names and numbers that leads to
 * the thing, and its sequence is SplitMix64 from a start and with a step of its own, both well
 * mixed from the key.
 *
 * <p>{@link #fork} depends on the path only and never on what was drawn before. So every decision
 * can have its own fork, and one more or one fewer draw elsewhere changes nothing here.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final long key;
  private final long gamma;
  private long state;

  private RandomStream(long key) {
    this.key = key;
    this.state = finalised(key);
    this.gamma = oddGamma(key + GOLDEN_GAMMA);
  }

  public static RandomStream of(long seed) {
    return new RandomStream(finalised(seed + GOLDEN_GAMMA));
  }

  /** The stream of the thing called {@code name} inside this one. */
  public RandomStream fork(String name) {
    return new RandomStream(combined(key, hash(name)));
  }

  /** The stream of the {@code number}th of the things called {@code name} inside this one. */
  public RandomStream fork(String name, long number) {
    return new RandomStream(combined(combined(key, hash(name)), number));
  }

  public long nextLong() {
    state += gamma;
    return finalised(state);
  }

  /** Uniform in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** Uniform in [0, bound). */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Uniform from {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + nextInt(most - least + 1);
  }

  /** A whole second, uniform in [from, to); {@code from} where that is empty. */
  public Instant between(Instant from, Instant to) {
    long seconds = to.getEpochSecond() - from.getEpochSecond();
    return seconds <= 0 ? from : from.plusSeconds((long) (nextDouble() * seconds));
  }

  /** Standard normal; strict, so that every machine draws the same. */
  public double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  /** Lognormal with this median, and this standard deviation of its logarithm. */
  public double nextLogNormal(double median, double spread) {
    return median * StrictMath.exp(spread * nextNormal());
  }

  private static long combined(long key, long value) {
    return finalised(finalised(key + GOLDEN_GAMMA) ^ finalised(value + 0xD1B54A32D192ED03L));
  }

  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Stafford's thirteenth mix, as in SplitMix64. */
  private static long finalised(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** An odd step with enough transitions between its bits, as SplittableRandom chooses it. */
  private static long oddGamma(long value) {
    long z = value;
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    z = (z ^ (z >>> 33)) | 1L;
    return Long.bitCount(z ^ (z >>> 1)) < 24 ? z ^ 0xAAAAAAAAAAAAAAAAL : z;
  }
}
