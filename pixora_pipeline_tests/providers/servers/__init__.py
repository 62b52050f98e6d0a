"""Services as they are on the wire, on loopback: real formats, decodable media, scripted misfortunes, a request log."""
