"""How people write what the layers hold: parcel references, number plates, parcel identifiers."""
