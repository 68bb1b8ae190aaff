package io.jenkins.plugins.cloudimage.core.fuzz;

import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes requests of any cloud with random values in their fields. */
public final class RequestGen {
    private static final int MOST_ELEMENTS = 24;

    private RequestGen() {}

    /** A request with some valid and some odd fields. */
    public static ImageRequest near(ImageRequest proper, RandomSource random) {
        int odd = random.below(5);
        RecordComponent[] components = proper.getClass().getRecordComponents();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(value(proper, component));
        }
        for (int i = 0; i < odd; i++) {
            int field = random.below(components.length);
            values.set(field, draw(components[field].getGenericType(), random));
        }
        return (ImageRequest) make(proper.getClass(), values);
    }

    private static Object draw(Type type, RandomSource random) {
        if (type instanceof ParameterizedType list) {
            if (random.oneIn(5)) {
                return null;
            }
            List<Object> elements = new ArrayList<>();
            int count = random.below(random.oneIn(4) ? MOST_ELEMENTS : 3);
            for (int i = 0; i < count; i++) {
                elements.add(draw(list.getActualTypeArguments()[0], random));
            }
            return elements;
        }
        Class<?> simple = (Class<?>) type;
        if (simple == boolean.class) {
            return random.oneIn(2);
        }
        if (random.oneIn(6)) {
            return null;
        }
        if (simple == String.class) {
            return EdgeCaseTexts.draw(random);
        }
        if (simple == Integer.class) {
            return random.oneIn(2) ? random.below(40) * 10 : (int) random.any();
        }
        if (simple == Boolean.class) {
            return random.oneIn(2);
        }
        List<Object> parts = new ArrayList<>();
        for (RecordComponent component : simple.getRecordComponents()) {
            parts.add(draw(component.getGenericType(), random));
        }
        return make(simple, parts);
    }

    private static Object value(Object request, RecordComponent component) {
        try {
            return component.getAccessor().invoke(request);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Class<?> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new AssertionError("A request cannot be made of " + values, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
