@NullMarked
package dev.automationengine.kit.mongo;

import org.jspecify.annotations.NullMarked;
