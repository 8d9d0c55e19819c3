FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    VOLUMES=/volumes \
    SAMPLE_DATA=locked

# Who the site is when nobody but root owns the data.
RUN useradd --uid 8086 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portfolio \
    && install --directory --owner=portfolio --group=portfolio /volumes

WORKDIR /app

# What a site with a database or pictures elsewhere needs besides.
ARG EXTRAS=""
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt $EXTRAS

COPY docker-entrypoint.sh /usr/local/bin/
COPY app.py config.py ./
COPY classroom classroom
COPY commands commands
COPY docs/make-your-own.md docs/
COPY freezing freezing
COPY lab lab
COPY metrics metrics
COPY models models
COPY routes routes
COPY seed seed
COPY views views
COPY static static

# Whoever runs it must be able to read it, whatever the modes were where it was built;
# nobody may write here later, so Python's byte code is made now.
RUN chmod -R a+rX . \
    && chmod a+rx /usr/local/bin/docker-entrypoint.sh \
    && python -m compileall -q .

EXPOSE 8086
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["python", "app.py"]
