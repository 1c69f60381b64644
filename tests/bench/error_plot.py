def plot(result, path):
    pass
