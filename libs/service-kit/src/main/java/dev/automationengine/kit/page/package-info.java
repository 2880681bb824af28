/** Lists in pages. */
@NullMarked
package dev.automationengine.kit.page;

import org.jspecify.annotations.NullMarked;
