package dev.automationengine.kit.mongo;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** To how many values a filter holds a member: what decides on how many shards MongoDB looks. */
enum Pin {
    /** To none that can be told: an absent member, a range, a pattern, a negation. */
    NONE,
    /** To a list of values. */
    SOME,
    /** To one. */
    ONE;

    /** How a filter holds a member. */
    static Pin of(BsonValue filter, String member) {
        if (!filter.isDocument()) {
            return NONE;
        }
        BsonDocument conditions = filter.asDocument();
        Pin pin = conditions.containsKey(member) ? ofCondition(conditions.get(member)) : NONE;
        for (BsonValue each : branches(conditions, "$and")) {
            pin = stronger(pin, of(each, member));
        }
        BsonArray alternatives = branches(conditions, "$or");
        boolean inEach = !alternatives.isEmpty() && alternatives.stream().allMatch(each -> of(each, member) != NONE);
        return inEach ? stronger(pin, SOME) : pin;
    }

    private static Pin ofCondition(BsonValue condition) {
        if (condition.isString()) {
            return ONE;
        }
        if (!condition.isDocument()) {
            return NONE;
        }
        BsonDocument operators = condition.asDocument();
        if (operators.isString("$eq")) {
            return ONE;
        }
        BsonArray listed = branches(operators, "$in");
        if (!operators.isArray("$in") || !listed.stream().allMatch(BsonValue::isString)) {
            return NONE;
        }
        return listed.size() == 1 ? ONE : SOME;
    }

    private static BsonArray branches(BsonDocument document, String operator) {
        return document.isArray(operator) ? document.getArray(operator) : new BsonArray();
    }

    private static Pin stronger(Pin one, Pin other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
