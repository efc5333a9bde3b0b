package io.adaos.hub.projection.operationview;

import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.runtime.http.HubJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wire records as the plain JSON a document can hold. */
final class DocumentJson {

    private static final long EXACT_MAX = (1L << 53) - 1;
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() { };

    private DocumentJson() {
    }

    /** The members of a record, in its order; numbers beyond 2^53 become inexact ones. */
    static Map<String, Object> of(Object wireRecord) {
        Map<String, Object> members = HubJson.mapper().convertValue(wireRecord, MEMBERS);
        members.replaceAll((key, value) -> plain(value));
        return members;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> copy.put(String.valueOf(key), plain(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        boolean inexact = value instanceof BigInteger
                || value instanceof Number && !(value instanceof Long)
                        && !(value instanceof Integer) && !(value instanceof Short)
                || value instanceof Long number && Math.abs(number) > EXACT_MAX;
        return inexact ? ((Number) value).doubleValue() : value;
    }
}
