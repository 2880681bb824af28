package dev.automationengine.kit.mongo;

import org.springframework.data.mongodb.core.index.IndexDefinition;

/**
 * An index that a service wants on a collection that it owns; declared as a bean.
 *
 * @param collection the collection
 * @param index the index
 */
public record CollectionIndex(String collection, IndexDefinition index) {}
