/** What the REST interfaces of all services understand alike. */
@NullMarked
package dev.automationengine.kit.web;

import org.jspecify.annotations.NullMarked;
