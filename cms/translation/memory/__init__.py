"""Translation memory: offer texts that were translated before."""
