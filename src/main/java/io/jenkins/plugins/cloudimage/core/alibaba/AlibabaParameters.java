package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the parameters of one call. */
public final class AlibabaParameters {
    private final SortedMap<String, String> values = new TreeMap<>();

    /**
     * Adds a parameter unless it has no value, because an empty parameter has another meaning than none.
     *
     * @param value a text, number or boolean; null and blank texts are ignored
     */
    public AlibabaParameters put(String name, @CheckForNull Object value) {
        if (value != null && Rules.isGiven(value.toString())) {
            values.put(name, value.toString());
        }
        return this;
    }

    /** Adds a boolean that is false by default: {@code true}, or nothing. */
    public AlibabaParameters putIf(boolean on, String name) {
        return on ? put(name, true) : this;
    }

    /** Adds a parameter whose empty value has a meaning. */
    public AlibabaParameters putEvenIfEmpty(String name, @CheckForNull String value) {
        values.put(name, value == null ? "" : value);
        return this;
    }

    /** Adds a parameter that is a list in JSON. */
    public AlibabaParameters putArray(String name, Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return put(name, array);
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** The parameters that were put, by name. */
    public SortedMap<String, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }
}
