<a class="picture" href="{{picture.url}}"><img src="{{picture.thumb}}" width="{{picture.width}}" height="{{picture.height}}" alt="{{picture.alt}}" loading="lazy" decoding="async"></a>
