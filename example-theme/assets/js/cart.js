// Takes an item out of the cart by the Storefront API, which asks for the cart's and the item's id.
const { cartId } = document.querySelector('script[data-cart-id]').dataset;

for (const button of document.querySelectorAll('[data-remove-item]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    const path = `/api/storefront/carts/${encodeURIComponent(cartId)}/items/${encodeURIComponent(button.dataset.removeItem)}`;
    const response = await fetch(path, { method: 'DELETE' }).catch(() => undefined);
    if (response?.ok) location.reload();
    else {
      document.querySelector('[data-cart-error]').hidden = false;
      button.disabled = false;
    }
  });
}
