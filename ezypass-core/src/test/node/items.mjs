// Section 2: attributes as they are read; the store that holds a vector's items.
import { hex } from './bytes.mjs';

const MAX_NUMBER = 2n ** 63n - 1n;

/** An item: an attribute of another type reads like a missing one. */
class Item {
  constructor(attributes) {
    this.attributes = attributes;
  }

  has(name) {
    return Object.hasOwn(this.attributes, name);
  }

  bytes(name) {
    const value = this.#of(name, 'B');
    return value === undefined ? undefined : hex(value);
  }

  text(name) {
    return this.#of(name, 'S');
  }

  /** Whole, 0 to 2^63 - 1. */
  number(name) {
    const value = this.#of(name, 'N');
    if (value === undefined || !/^[0-9]+$/.test(value) || BigInt(value) > MAX_NUMBER) {
      return undefined;
    }
    return BigInt(value);
  }

  #of(name, type) {
    return this.has(name) ? this.attributes[name][type] : undefined;
  }
}

export class Store {
  constructor(items) {
    this.items = items.map((item) => new Item(item));
  }

  get(pk, sk) {
    return this.items.find((item) => item.text('pk') === pk && item.text('sk') === sk);
  }

  query(pk, prefix = '') {
    return this.items.filter((i) => i.text('pk') === pk && i.text('sk').startsWith(prefix));
  }
}
