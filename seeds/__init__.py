"""The bundled case as readable data, and a generator of large synthetic cases."""
