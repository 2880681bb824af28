@NullMarked
package dev.automationengine.connectors.http;

import org.jspecify.annotations.NullMarked;
