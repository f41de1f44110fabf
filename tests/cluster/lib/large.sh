# (later)
large_up() { :; }
