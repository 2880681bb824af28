@NullMarked
package dev.automationengine.gateway.apikey;

import org.jspecify.annotations.NullMarked;
