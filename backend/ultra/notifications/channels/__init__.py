"""Ways out of the product. One file each: to add FCM or APNs, write a file and a registry line."""
