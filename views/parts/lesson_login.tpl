% # Everybody knows these passwords, so only a site that nobody else can reach has them.
<aside class="hello" aria-label="How to log in">
  <p>You can log in as <code>toby</code> with <code>123toby</code>, the admin.</p>
  <p>Each user of the lesson has <code>123</code> and the user id as the password, unless it was changed.</p>
</aside>
