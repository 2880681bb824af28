@NullMarked
package dev.automationengine.gateway.audit;

import org.jspecify.annotations.NullMarked;
