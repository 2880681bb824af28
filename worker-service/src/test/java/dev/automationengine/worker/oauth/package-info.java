@NullMarked
package dev.automationengine.worker.oauth;

import org.jspecify.annotations.NullMarked;
