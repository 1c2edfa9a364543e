/** Stands before a service worker for which there is no room. */
Cache.prototype.put = async () => {
  throw new DOMException("Full.", "QuotaExceededError");
};
