export { AddressError, HOME_NODE, pathText, placesOf, readPath } from './address';
export { type Clock, steadyClock } from './clock';
export {
  DocumentReader,
  type Found,
  type ReadingContext,
  type WatchedValue,
} from './document-reader';
export {
  AGING_AFTER_MS,
  backOff,
  GIVE_UP_AFTER_MS,
  type LinkState,
  type Refusal,
  STALE_AFTER_MS,
} from './link';
export { findModal, type Modal, modalName } from './modal';
export { type ConnectionView, type RoomAddress, RoomConnection, roomUrl } from './room-connection';
export { type Slots, slotsOf } from './slots';
