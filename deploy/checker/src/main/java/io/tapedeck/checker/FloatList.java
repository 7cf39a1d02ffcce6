package io.tapedeck.checker;

import java.util.Arrays;

/// Floats that grow.
final class FloatList {

    private float[] values;
    private int size;

    FloatList(int capacity) {
        values = new float[Math.max(capacity, 16)];
    }

    int size() {
        return size;
    }

    void addSilence(int count) {
        grow(count);
        size += count;
    }

    /// Adds `count` values from `from` on, less where the array ends.
    void add(float[] array, int from, int count) {
        int there = Math.clamp(array.length - from, 0, count);
        grow(there);
        System.arraycopy(array, Math.min(from, array.length), values, size, there);
        size += there;
    }

    float[] toArray() {
        return Arrays.copyOf(values, size);
    }

    private void grow(int count) {
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count, values.length * 2));
        }
    }
}
